"""`python -m svod`: what the launcher runs."""

from svod.cli import main

if __name__ == "__main__":
    main()
