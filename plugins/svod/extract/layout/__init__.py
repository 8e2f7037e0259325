"""The page as a reader sees it: title, headings, paragraphs, lists, tables, quotations, furniture."""
