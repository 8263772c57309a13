"""
Page kit - how Moothall looks: base pages, components, words for dates, charts, the place picker. It holds no data.

Owns:    nothing.
Offers:  templates ui/*.html; template tags gds and words; charts; forms; rules.
Needs:   core.
Never:   knows what a case or a body is; asks another host for anything; shows a government brand.
"""
