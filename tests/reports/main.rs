//! The formats of a report through the public door: what their readers' schemas say of them, that
//! nothing in a name acts, and that they are the same bytes each time.

#![expect(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::indexing_slicing,
    reason = "all of this program is a test"
)]

mod again;
mod browser;
mod hostile;
mod page;
mod schema;
mod stage;
