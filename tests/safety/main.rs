//! What may never happen, shown through the public door: a request without leave, a secret in an
//! output, a credential at another host.

mod canary;
mod hostile;
mod scene;
mod search;
mod server;
mod silent;
mod variables;
