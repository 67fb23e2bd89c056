//! The command line: meets the world once and hands it down.

fn main() {}
