"""An outbox in memory, with the promises of the real one but the last: it does not survive."""

from dataclasses import replace

from tshoot.desk.parcel import UNDER_WAY, claimed


class MemoryBox:
    def __init__(self):
        self.parcels = {}

    def put(self, parcel):
        return self.parcels.setdefault(parcel.key, parcel)

    def claim(self, now):
        due = [one for one in self.parcels.values() if one.state in UNDER_WAY and one.due <= now]
        if not due:
            return None
        parcel = claimed(min(due, key=lambda one: one.due), now)
        self.parcels[parcel.key] = parcel
        return parcel

    def settle(self, parcel):
        kept = self.parcels[parcel.key]
        if kept.state == "sending" and kept.attempts == parcel.attempts:
            self.parcels[parcel.key] = replace(parcel)

    def renew(self, parcel):
        self.parcels[parcel.key] = parcel

    def of_session(self, session):
        return tuple(one for one in self.parcels.values() if one.session == session)
