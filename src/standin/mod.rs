//! A provider on loopback that answers as Begini documents, and a lender that integrates it.
//!
//! Nothing here leaves the machine: servers listen on loopback, and the only request that goes out
//! goes to the stand-in's own receiver, or to the one of the team that develops against it.
//! Nothing here knows the checker: signatures are computed by this room's own code, so that the one
//! can be held against the other.

mod begini;
mod certificate;
mod clock;
mod control;
mod courier;
mod deployment;
mod digest;
mod event;
mod happening;
mod hint;
mod local;
mod log;
mod page;
mod post;
mod receiver;
mod sample;
mod server;
mod session;
mod signal;
mod stand_in;

pub use begini::HOST;
pub use deployment::Deployment;
pub use happening::{Happening, What};
pub use local::{LocalOptions, LocalStandIn};
pub use log::{Received, Server};
pub use post::is_loopback;
pub use receiver::Flaw;
pub use sample::{Variant, deployments, sample};
pub use stand_in::{Options, StandIn, StandInFault};

#[cfg(test)]
mod tests;
