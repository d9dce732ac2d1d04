"""How scenarios are made: read an agent, plan tests, write them, check them.

Importing the package imports none of it, so that functions which only read what was made stay light.
"""
