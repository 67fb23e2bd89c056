//! Which programs run on browsers and phones: by their language, by the packages of their folder,
//! and by the Android module that they are part of.

use std::collections::{BTreeMap, BTreeSet};

use super::client::is_public_file;
use super::dependency::Dependency;
use super::held::Program;
use super::tree::Listed;
use crate::pack::Ecosystem;

/// Packages with which a page or an app is built.
const CLIENT: [&str; 12] = [
    "react",
    "react-dom",
    "vue",
    "svelte",
    "@angular/core",
    "preact",
    "solid-js",
    "jquery",
    "lit",
    "@ionic/core",
    "@sveltejs/kit",
    "vite",
];

/// Packages of apps for phones: nothing beside them is a server.
const PHONE: [&str; 4] = ["react-native", "expo", "@capacitor/core", "nativescript"];

/// Packages with which a server is built, maybe beside pages.
const SERVER: [&str; 17] = [
    "express",
    "fastify",
    "koa",
    "hapi",
    "@hapi/hapi",
    "@nestjs/core",
    "next",
    "nuxt",
    "hono",
    "restify",
    "@sveltejs/adapter-node",
    "@remix-run/node",
    "polka",
    "micro",
    "@feathersjs/feathers",
    "aws-lambda",
    "firebase-functions",
];

/// Packages with which Swift and Dart make servers.
const OTHER_SERVERS: [&str; 6] =
    ["vapor", "hummingbird", "shelf", "dart_frog", "serverpod", "conduit"];

/// Tells of every program whether browsers or phones get it.
pub(super) fn tell(programs: &mut [Program], files: &[Listed], dependencies: &[Dependency]) {
    if programs.is_empty() {
        return;
    }
    let reach = Reach::of(files, dependencies);
    for program in programs {
        program.client = reach.is_client(program.source.path(), program.source.text());
    }
}

struct Reach<'a> {
    /// Folders of Android modules, with `/` behind them.
    modules: BTreeSet<String>,
    /// The packages that a folder states.
    packages: BTreeMap<(Ecosystem, &'a str), BTreeSet<&'a str>>,
}

impl<'a> Reach<'a> {
    fn of(files: &'a [Listed], dependencies: &'a [Dependency]) -> Self {
        let modules = files.iter().filter_map(|file| module(&file.path)).collect();
        let mut packages: BTreeMap<(Ecosystem, &str), BTreeSet<&str>> = BTreeMap::new();
        for one in dependencies {
            let folder = folder(one.source.path());
            packages.entry((one.ecosystem, folder)).or_default().insert(&one.name);
        }
        Self { modules, packages }
    }

    fn is_client(&self, path: &str, text: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or(path);
        match name.rsplit_once('.').map_or("", |(_, ending)| ending) {
            "vue" | "svelte" | "plist" | "xcconfig" => true,
            "swift" => name != "Package.swift" && !self.has(Ecosystem::Swift, path, &OTHER_SERVERS),
            "dart" => !self.has(Ecosystem::Pub, path, &OTHER_SERVERS),
            "java" | "kt" | "kts" | "groovy" | "gradle" | "xml" => {
                self.modules.iter().any(|module| path.starts_with(module.as_str()))
            }
            "js" | "mjs" | "jsx" | "ts" | "mts" | "tsx" => self.is_page(path, text),
            _ => is_public_file(path),
        }
    }

    /// Whether a script runs in a browser or an app.
    fn is_page(&self, path: &str, text: &str) -> bool {
        let lower = path.to_ascii_lowercase();
        let mut folders = lower.split('/').rev().skip(1);
        if self.has(Ecosystem::Npm, path, &PHONE) || is_public_file(path) && !path.ends_with("jsx")
        {
            return true;
        }
        if self.has(Ecosystem::Npm, path, &SERVER) {
            // pages and servers share a folder: what says so is a page
            let start = text.trim_start().get(..12).unwrap_or_default();
            return start.contains("use client") || folders.any(|one| PAGES.contains(&one));
        }
        self.has(Ecosystem::Npm, path, &CLIENT) || path.ends_with("jsx")
    }

    /// Whether the nearest folder above that states packages states one of these.
    fn has(&self, ecosystem: Ecosystem, path: &str, names: &[&str]) -> bool {
        let mut at = folder(path);
        loop {
            if let Some(stated) = self.packages.get(&(ecosystem, at)) {
                return names.iter().any(|name| stated.contains(name));
            }
            if at.is_empty() {
                return false;
            }
            at = folder(at);
        }
    }
}

/// Folders that hold pages beside a server.
const PAGES: [&str; 5] = ["client", "frontend", "webapp", "browser", "public"];

/// The folder of an Android module: `app/` of `app/src/main/AndroidManifest.xml`.
fn module(path: &str) -> Option<String> {
    let before = path.strip_suffix("AndroidManifest.xml")?;
    let root = before.rfind("src/").map_or(before, |at| before.get(..at).unwrap_or_default());
    Some(root.to_owned())
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn android_modules_are_told_by_their_manifest() {
        assert_eq!(module("app/src/main/AndroidManifest.xml").as_deref(), Some("app/"));
        assert_eq!(
            module("android/app/src/debug/AndroidManifest.xml").as_deref(),
            Some("android/app/")
        );
        assert_eq!(module("AndroidManifest.xml").as_deref(), Some(""));
        assert_eq!(module("app/build.gradle"), None);
    }

    #[test]
    fn languages_and_folders_tell_what_runs_where() {
        let reach = Reach {
            modules: BTreeSet::from(["app/".to_owned()]),
            packages: BTreeMap::from([
                ((Ecosystem::Npm, ""), BTreeSet::from(["express"])),
                ((Ecosystem::Npm, "mobile"), BTreeSet::from(["react-native", "react"])),
                ((Ecosystem::Npm, "web"), BTreeSet::from(["react"])),
                ((Ecosystem::Npm, "site"), BTreeSet::from(["react", "next"])),
            ]),
        };
        for path in [
            "lib/api.dart",
            "ios/App.swift",
            "app/src/main/java/Api.java",
            "app/build.gradle",
            "mobile/src/api.ts",
            "web/src/api.ts",
            "frontend/api.ts",
            "src/Page.vue",
        ] {
            assert!(reach.is_client(path, ""), "{path}");
        }
        for path in [
            "server/Api.java",
            "src/api.ts",
            "site/lib/api.ts",
            "api.py",
            "api.go",
            "Package.swift",
        ] {
            assert!(!reach.is_client(path, ""), "{path}");
        }
        assert!(reach.is_client("site/app/form.tsx", "'use client'\nexport"));
    }
}
