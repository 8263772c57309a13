"""Core's few pages: kept files, messages out, the audit trail."""
