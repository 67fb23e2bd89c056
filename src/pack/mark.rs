//! What can be asked of one setting with yes or no.

/// A question about one setting, in the order in which they are asked: what costs least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// There is no value.
    Empty,
    /// The value reaches a client (a browser or a phone).
    Exposed,
    /// It is of a role of some pack.
    OfProvider,
    /// Deliveries are signed with it, as its pack says.
    Signs,
    /// Its home is known by more than a guess.
    Certain,
    /// Git tracks the file; outside a work tree every file counts as tracked.
    Tracked,
    /// The same name stands further up in the same file with another value.
    Duplicate,
    /// A mode whose value is no word of its vocabulary.
    Misspelt,
    /// A text that means yes or no and is spelt so that programs misread it.
    OddBoolean,
    /// It reads as the number of a payment card.
    CardNumber,
    /// A blank, a line break, a quote or an invisible character where a value has none.
    Space,
    /// An address with a part that no address has.
    Malformed,
    /// The value stands in for one (`changeme`, `<your key>`).
    Placeholder,
    /// The value is a published sample.
    Sample,
    /// The value only works in the sandbox: a test card, a magic number.
    TestValue,
    /// It has the shape of another role of its provider, and not its own.
    Misplaced,
}

impl Mark {
    /// Whether it is asked of the value itself, so that a value kept elsewhere does not answer.
    pub fn is_of_value(self) -> bool {
        match self {
            Self::Empty
            | Self::Exposed
            | Self::OfProvider
            | Self::Signs
            | Self::Tracked
            | Self::Duplicate => false,
            Self::Certain
            | Self::Misspelt
            | Self::OddBoolean
            | Self::CardNumber
            | Self::Space
            | Self::Malformed
            | Self::Placeholder
            | Self::Sample
            | Self::TestValue
            | Self::Misplaced => true,
        }
    }
}
