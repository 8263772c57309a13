"""Make up the county and play its year."""

from moothall.simulation.actions.appraisals import weigh_options
from moothall.simulation.actions.county import lay_out_marchshire, open_counters
from moothall.simulation.actions.departing import give_notice
from moothall.simulation.actions.editing import write_a_service
from moothall.simulation.actions.equip import equip_functions
from moothall.simulation.actions.fill import HALF, HalfLaidOut, fill
from moothall.simulation.actions.helping import let_people_help
from moothall.simulation.actions.joining import begin_joining
from moothall.simulation.actions.keys import give_keys
from moothall.simulation.actions.merging import plan_merger, set_fees_apart
from moothall.simulation.actions.needs import post_letters
from moothall.simulation.actions.offers import offer_services
from moothall.simulation.actions.partnerships import end_partnership, form_partnerships, look_after_partnerships
from moothall.simulation.actions.plans import plan_and_try
from moothall.simulation.actions.play import play
from moothall.simulation.actions.recharges import charge_quarters, keep_costs
from moothall.simulation.actions.registers import fill_registers
from moothall.simulation.actions.returning import keep_returns
from moothall.simulation.actions.savings import promise_savings, warn_of_savings
from moothall.simulation.actions.share import share_services

__all__ = [
    "HALF",
    "HalfLaidOut",
    "begin_joining",
    "charge_quarters",
    "end_partnership",
    "equip_functions",
    "fill",
    "fill_registers",
    "form_partnerships",
    "give_keys",
    "give_notice",
    "keep_costs",
    "keep_returns",
    "lay_out_marchshire",
    "let_people_help",
    "look_after_partnerships",
    "offer_services",
    "open_counters",
    "plan_and_try",
    "plan_merger",
    "play",
    "post_letters",
    "promise_savings",
    "set_fees_apart",
    "share_services",
    "warn_of_savings",
    "weigh_options",
    "write_a_service",
]
