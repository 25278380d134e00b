"""What a course says, for other programs: translations as PO and XLIFF, questions as GIFT and tables; and what comes back.

In: a `Catalogue`, or questions. Out: a file; or, of one that came back, a `Catalogue` or questions, and problems. Nothing here
touches disk: `scormkit.translations` and the command line do.
"""
