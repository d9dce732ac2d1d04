"""The report: one self-contained HTML page that shows what of an agent is tested, by what, and what is not.

`reported.py` is what goes in, `view.py` and its parts shape it for the page, `page.py` renders the template.
"""
