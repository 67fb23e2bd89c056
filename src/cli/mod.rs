//! Arguments in, exit code out. The world is met in `main` and handed down; nothing here prints.

mod arguments;
mod base;
mod check;
mod compare;
mod confirm;
mod demo;
mod diff;
mod environments;
mod evidence;
mod exit;
mod fingerprint;
mod init;
mod lock;
mod observe;
mod opened;
mod packs;
mod render;
mod resolve;
mod sandbox;
mod show;
mod start;
mod summary;
mod test;
mod verify;
mod waive;
mod world;

use clap::Parser;

pub use arguments::{Arguments, Command};
pub use exit::{Exit, Finished};
pub use test::attempted;
pub use world::{Given, Hidden, Line, Terminal, World};

/// Does what the arguments of `world` ask.
pub fn run(world: &World<'_>) -> Finished {
    let arguments = match Arguments::try_parse_from(&world.arguments) {
        Ok(arguments) => arguments,
        Err(fault) => return Finished::of_arguments(&fault, world),
    };
    match arguments.command {
        Command::Check(check) => check::run(world, &check),
        Command::Verify(asked) => verify::run(world, &asked),
        Command::Compare(asked) => compare::run(world, &asked),
        Command::Environments(asked) => environments::run(world, &asked),
        Command::Diff(asked) => diff::run(world, &asked),
        Command::Init(asked) => init::run(world, &asked),
        Command::Lock(asked) => lock::run(world, &asked),
        Command::Fingerprint(asked) => fingerprint::run(world, &asked),
        Command::Observe(asked) => observe::run(world, &asked),
        Command::Confirm(asked) => confirm::run(world, &asked),
        Command::Waive(asked) => waive::run(world, &asked),
        Command::Test(test) => test::run(world, &test),
        Command::List(list) => show::list(world, &list),
        Command::Explain(explain) => show::explain(world, &explain),
        Command::Schema(schema) => show::schema(&schema),
        Command::Render(asked) => render::run(world, &asked),
        Command::Demo(demo) => demo::run(world, &demo),
        Command::Sandbox(sandbox) => sandbox::run(world, &sandbox),
    }
}
