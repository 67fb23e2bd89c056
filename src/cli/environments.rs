//! `golive environments`: which environments there are, and by which rule.

use super::arguments::EnvironmentsArguments;
use super::exit::Finished;
use super::opened::Opened;
use super::show::style;
use super::world::World;
use crate::report;
use crate::run::survey;

/// `golive environments`.
pub(super) fn run(world: &World<'_>, arguments: &EnvironmentsArguments) -> Finished {
    let opened = match Opened::new(world, &arguments.path, &arguments.packs) {
        Ok(opened) => opened,
        Err(finished) => return finished,
    };
    let survey = survey(&opened.view());
    Finished::shown(report::environments(&survey, arguments.format, &style(world, arguments.plain)))
}
