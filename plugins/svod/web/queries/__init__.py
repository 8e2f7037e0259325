"""What the pages read, as the role `app`: one function a question, dataclasses back. No page knows SQL.

Every query is bounded and rests on an index, so that it stays quick at 100 000 reports and more.
"""
