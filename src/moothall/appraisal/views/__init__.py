"""The pages of appraisal: for authors to write, for everybody to read and to work out anew."""
