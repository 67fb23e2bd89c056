//! From what authors wrote to what can be relied on, every mistake said at its place.

mod author;
mod between;
mod check;
mod codes;
mod confirm;
mod delivery;
mod index;
mod live;
mod pack;
mod selector;
mod signature;
mod source;
mod url;

pub(super) use author::Author;
pub(super) use between::between;
pub(super) use check::{ValidCheck, check};
pub(super) use codes::{codes, unanswered};
pub(super) use index::{Index, Known};
pub(super) use pack::{is_plain, pack};
