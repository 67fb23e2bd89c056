//! How several things that a result rests on are known together.

use super::super::outcome::Basis;

/// The weakest way in which something is known: what was not seen weighs more than what was.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weakest {
    /// All of it was seen.
    #[default]
    Seen,
    /// Something was observed elsewhere.
    Observed,
    /// Something is only referred to.
    Referred,
}

impl Weakest {
    /// The weaker of the two.
    pub(super) fn and(&mut self, other: Self) {
        *self = (*self).max(other);
    }

    /// As it is counted.
    pub(super) fn basis(self) -> Basis {
        match self {
            Self::Seen => Basis::File,
            Self::Observed => Basis::Observed,
            Self::Referred => Basis::Reference,
        }
    }

    /// Of what was counted so.
    pub(super) fn of(basis: Option<Basis>) -> Self {
        match basis {
            Some(Basis::Observed) => Self::Observed,
            Some(Basis::Reference) => Self::Referred,
            Some(Basis::File | Basis::Live | Basis::Earlier | Basis::Person) | None => Self::Seen,
        }
    }
}
