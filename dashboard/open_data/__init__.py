"""The figures as tidy tables for other programs: what is in them, and what each column means.

Subjects say what a reader sees; these tables say what there is. The data package, the HTTP
interface and the library give the same ones.
"""
