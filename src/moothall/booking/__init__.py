"""
Booking - slots with a capacity, for whatever is booked: a collection, a visit, an appointment.

Owns:    Diary, Slot, Booking, Wish.
Offers:  actions.keep_diary, actions.add_slots, actions.open_weekly,
         actions.change_slot, actions.hold, actions.book, actions.reschedule,
         actions.release, actions.sweep, actions.remind, actions.wait, actions.decline, actions.stop_waiting,
         actions.offer; queries.free, queries.of_case, queries.times,
         queries.day_sheet, queries.calendar_file;
         events.SlotHeld, events.SlotBooked, events.SlotComing, events.SlotOffered, events.SlotReleased.
Needs:   core, ui, catalogue, sharing.
Never:   promises a place twice; knows what is done at the booked time; asks for money.
"""
