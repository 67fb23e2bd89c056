//! A provider on loopback that answers as Begini documents, and a lender that integrates it.
//!
//! Nothing here leaves the machine: servers listen on loopback, and the only request that goes out
//! goes to the stand-in's own receiver. Nothing here knows the checker: signatures are computed by
//! this room's own code, so that the one can be held against the other.

mod begini;
mod certificate;
mod clock;
mod deployment;
mod digest;
mod event;
mod log;
mod post;
mod receiver;
mod sample;
mod server;
mod session;
mod stand_in;

pub use begini::HOST;
pub use deployment::Deployment;
pub use log::{Received, Server};
pub use receiver::Flaw;
pub use sample::{Variant, deployments, sample};
pub use stand_in::{Options, StandIn, StandInFault};

#[cfg(test)]
mod tests;
