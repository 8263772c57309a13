"""
Highways - holes in the road, from the first report to the second look.

Owns:    Policy, Segment, Defect, Report, Inspection, WorkOrder, Repair, QualityCheck.
Offers:  actions.adopt_policy, actions.lay_street, actions.inspect, actions.record_visit, actions.check;
         queries.to_inspect, queries.jobs, queries.history; the steps highways.inspect, highways.repair and
         highways.quality_check.
Needs:   contracts, casework, bodies, ui, core.
Never:   opens a second defect for a hole that is known; mends before somebody has looked; decides who pays.
"""
