"""The jobs of appraisal."""
