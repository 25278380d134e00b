#!/bin/sh
# Prints each course's handouts/*.html to its media/*.pdf with Chromium. Run it in this folder when a handout changes, and commit the result.
set -eu
for page in */handouts/*.html; do
    pdf="${page%%/*}/media/$(basename "$page" .html).pdf"
    chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --export-tagged-pdf --print-to-pdf="$pdf" "$page" 2>/dev/null
    ls -l "$pdf"
done
