//! Which values reach a client, a browser or a phone: by a prefix that bundlers go by, by the file,
//! or by a section of it.

/// Prefixes by which bundlers copy a value into what browsers and phones get.
/// Sources: nextjs.org/docs/app/guides/environment-variables, vite.dev/guide/env-and-mode,
/// create-react-app.dev/docs/adding-custom-environment-variables,
/// docs.expo.dev/guides/environment-variables, nuxt.com/docs/guide/going-further/runtime-config,
/// cli.vuejs.org/guide/mode-and-env.html, svelte.dev/docs/kit/$env-static-public,
/// docs.astro.build/en/guides/environment-variables,
/// storybook.js.org/docs/configure/environment-variables.
const PREFIXES: [&str; 10] = [
    "NEXT_PUBLIC_",
    "VITE_",
    "REACT_APP_",
    "EXPO_PUBLIC_",
    "NUXT_PUBLIC_",
    "GATSBY_",
    "VUE_APP_",
    "PUBLIC_",
    "NG_APP_",
    "STORYBOOK_",
];

/// Whether a setting of this name is spelt for clients.
pub(super) fn is_public_name(name: &str) -> bool {
    let own = name.rsplit('.').next().unwrap_or(name);
    PREFIXES.iter().any(|prefix| own.starts_with(prefix))
        || SECTIONS.iter().any(|section| name.contains(section))
}

/// Sections whose values are handed to clients: nuxt.com/docs/api/nuxt-config#runtimeconfig,
/// docs.expo.dev/versions/latest/config/app/#extra.
const SECTIONS: [&str; 3] = ["runtimeConfig.public.", "publicRuntimeConfig.", "expo.extra."];

/// Whether everything in the file at `path` is handed to clients as it is: what is bundled into an
/// app or built into pages.
pub(super) fn is_public_file(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit('.').next().unwrap_or_default();
    let within = |folder: &str| path.starts_with(folder) || path.contains(&format!("/{folder}"));
    match ending {
        // angular.dev/tools/cli/environments
        "ts" if name.starts_with("environment.") => within("environments/"),
        // pages, and what is bundled into an app for a phone
        "vue" | "svelte" | "jsx" | "plist" | "xcconfig" => true,
        "js" | "json" => within("public/") || within("wwwroot/") || within("assets/"),
        // docs.flutter.dev/ui/assets/assets-and-images
        "dart" => within("lib/"),
        "xml" => within("res/values") || name == "AndroidManifest.xml",
        "swift" => !name.starts_with("Package"),
        _ => within("assets/") && (name.contains(".env") || ending == "env" || is_data(ending)),
    }
}

fn is_data(ending: &str) -> bool {
    matches!(ending, "yaml" | "yml" | "toml" | "properties")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_bundled_is_public() {
        for path in [
            "src/environments/environment.prod.ts",
            "assets/.env.production",
            "mobile/assets/config.json",
            "lib/config/api.dart",
            "app/src/main/res/values/strings.xml",
            "ios/Runner/Info.plist",
            "client/wwwroot/appsettings.json",
        ] {
            assert!(is_public_file(path), "{path}");
        }
        for path in [".env.production", "src/server.ts", "config/production.json", "pom.xml"] {
            assert!(!is_public_file(path), "{path}");
        }
        assert!(is_public_name("VITE_KEY") && is_public_name("runtimeConfig.public.key"));
        assert!(!is_public_name("PUBLISHED") && !is_public_name("runtimeConfig.key"));
    }
}
