"""The routes, one module a subject. Each is a function that takes the site and gives back its router."""
