"""What follows for a sample from what a courier, its page or a person tells of the parcel.

Room: domain. In: a status as `domain.couriers` spells it, the state of the sample. Out: the steps to make, in order; () where it tells
nothing new. A parcel that was held up and is on its way again, or there, was let go meanwhile.
"""

from __future__ import annotations

from mailcrm.domain.samples.states import SampleState

__all__ = ["steps_on"]

_S = SampleState
_STEPS: dict[tuple[str, SampleState], tuple[SampleState, ...]] = {
    ("delivered", _S.SHIPPED): (_S.DELIVERED,),
    ("delivered", _S.EXCEPTION): (_S.SHIPPED, _S.DELIVERED),
    ("in_transit", _S.EXCEPTION): (_S.SHIPPED,),
    ("exception", _S.SHIPPED): (_S.EXCEPTION,),
}


def steps_on(status: str, state: SampleState) -> tuple[SampleState, ...]:
    """Return the steps of a sample in `state` whose parcel is `status`."""
    return _STEPS.get((status, state), ())
