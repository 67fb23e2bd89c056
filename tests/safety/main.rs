//! What may never happen, shown through the public door: a request without leave, a secret in an
//! output, a credential at another host.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "all of this program is a test"
)]

mod acme;
mod canary;
mod echoes;
mod holders;
mod hosts;
mod leaks;
mod leaks_page;
mod leave;
mod manifest;
mod mistakes;
mod packs;
mod planted;
mod scene;
mod search;
mod server;
mod silent;
mod variables;
