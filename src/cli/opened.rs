//! A project, opened by a command that tells something of its files and judges nothing.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::exit::Finished;
use super::packs::{Judging, load, mistaken};
use super::world::World;
use crate::pack::Library;
use crate::project::{Mask, Project, Question, Stated, Tree};
use crate::run::{Asked, Gate, View};
use crate::source::{Diagnostic, Foreign};

/// A project with what it was read by.
pub(super) struct Opened {
    /// The packs.
    pub(super) library: Arc<Library>,
    /// The project.
    pub(super) project: Project,
    /// Hides its secrets.
    pub(super) mask: Mask,
    asked: Asked,
}

impl Opened {
    /// Reads the folder at `path` by the built-in packs and those in `packs`. No process variable
    /// is asked for.
    ///
    /// # Errors
    /// What to print where the tool cannot work.
    pub(super) fn new(world: &World<'_>, path: &Path, packs: &[PathBuf]) -> Result<Self, Finished> {
        Self::by(world, path, packs, Stated::InTree)
    }

    /// The same by another manifest than the folder's own.
    ///
    /// # Errors
    /// As [`Opened::new`].
    pub(super) fn by(
        world: &World<'_>,
        path: &Path,
        packs: &[PathBuf],
        manifest: Stated,
    ) -> Result<Self, Finished> {
        let tree = folder(world, path)?;
        let library = load(world, packs, Some(Judging { tree: &tree, trusts: false }))?;
        (world.progress)("reading");
        let again = tree.root().to_path_buf();
        Self::read(world, tree, Arc::new(library), manifest)
            .map_err(|found| mistaken(world, &found, Tree::open(&again).ok().as_ref()))
    }

    /// The same folder by another manifest.
    ///
    /// # Errors
    /// Every mistake in the manifest.
    pub(super) fn again(
        &self,
        world: &World<'_>,
        manifest: Stated,
    ) -> Result<Self, Vec<Diagnostic>> {
        let tree = Tree::open(self.project.tree.root()).map_err(|_| Vec::new())?;
        Self::read(world, tree, Arc::clone(&self.library), manifest)
    }

    fn read(
        world: &World<'_>,
        tree: Tree,
        library: Arc<Library>,
        manifest: Stated,
    ) -> Result<Self, Vec<Diagnostic>> {
        let question = Question { manifest, ..Question::of_files(&library) };
        let project = Project::read(tree, &question)?;
        let mask = Mask::of(project.settings.iter(), &library);
        let asked = Asked::of(Gate::Change, world.clock);
        Ok(Self { library, project, mask, asked })
    }

    /// The project, indexed.
    pub(super) fn view(&self) -> View<'_> {
        View::new(&self.library, &self.project, &self.asked, &self.mask)
    }
}

/// The folder that a command is about.
///
/// # Errors
/// What to print where there is none.
pub(super) fn folder(world: &World<'_>, path: &Path) -> Result<Tree, Finished> {
    Tree::open(&world.folder.join(path)).map_err(|why| {
        let shown = Foreign::new(path.to_string_lossy());
        Finished::cannot(format!("error: {shown}: {why}"))
    })
}
