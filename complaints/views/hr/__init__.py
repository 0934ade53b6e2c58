"""The pages for discipline officers and examiners."""
