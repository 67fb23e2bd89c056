//! The commands beside `check`, through the public door: what they say of clean and of hostile
//! projects, and that no value comes out.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "all of this program is a test"
)]

mod confirm;
mod diff;
mod environments;
mod facts;
mod fingerprint;
mod hostile;
mod init;
mod observe;
mod page;
mod reports;
mod stage;
mod waive;
