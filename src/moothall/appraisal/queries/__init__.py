"""Reads of appraisal. What stands here needs neither Django nor a database; `queries.cases` reads what is kept."""

from moothall.appraisal.queries.engine import appraise, outputs, replay_of, replayed, schema, seal, summary

__all__ = ["appraise", "outputs", "replay_of", "replayed", "schema", "seal", "summary"]
