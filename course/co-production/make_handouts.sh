#!/bin/sh
# Prints handouts/*.html to media/*.pdf with Chromium. Run it in this folder when a handout changes, and commit the result.
set -eu
for page in handouts/*.html; do
    chromium --headless --no-sandbox --disable-gpu --no-pdf-header-footer --export-tagged-pdf \
        --print-to-pdf="media/$(basename "$page" .html).pdf" "$page" 2>/dev/null
done
ls -l media/*.pdf
