//! What only the developer tools can do to a browser.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::{Page, Role};

/// How long a driver may take to notice that a page has crashed.
const ANSWER: Duration = Duration::from_secs(2);

impl Page {
    /// Cuts or restores the network of the current tab. Requests that a service worker answers go
    /// on, and open sockets fall silent rather than close, as on a tablet that sleeps.
    pub async fn set_offline(&self, offline: bool) {
        let conditions = json!({
            "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1,
        });
        self.tell("Network.enable", json!({})).await;
        self.tell("Network.emulateNetworkConditions", conditions).await;
    }

    /// Limits what an origin may store, in bytes; None lifts the limit.
    pub async fn set_quota(&self, origin: &str, bytes: Option<u64>) {
        let mut quota = json!({ "origin": origin });
        if let Some(bytes) = bytes {
            quota["quotaSize"] = bytes.into();
        }
        self.tell("Storage.overrideQuotaForOrigin", quota).await;
    }

    /// Crashes the page's process; the browser and its other tabs go on.
    pub async fn crash_tab(&self) {
        // The answer never comes: the one who would give it is gone.
        let cdp = self.driver().cdp();
        let _ = timeout(ANSWER, cdp.send_raw("Page.crash", json!({}))).await;
    }

    /// Makes the page's processor so many times slower.
    pub async fn throttle(&self, rate: u32) {
        self.tell("Emulation.setCPUThrottlingRate", json!({ "rate": rate })).await;
    }

    /// Gives the page another size, in CSS pixels, and the light or the dark theme.
    pub async fn look_like(&self, (width, height): (u32, u32), dark: bool) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.tell("Emulation.setDeviceMetricsOverride", size).await;
        let scheme = if dark { "dark" } else { "light" };
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.tell("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Lets a script run in every page from now on, before the page's own.
    pub async fn inject(&self, script: &str) {
        self.tell("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
    }

    /// What a script returns, once it is not null.
    pub async fn eventually<T: DeserializeOwned>(&self, script: &str) -> T {
        self.until("hear from a script", async || {
            self.driver().execute(script, Vec::new()).await?.convert::<Option<T>>()
        })
        .await
    }

    /// What a script hands to its last argument, a function.
    pub async fn script<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> T {
        match self.driver().execute_async(script, arguments).await.and_then(|it| it.convert()) {
            Ok(answer) => answer,
            Err(error) => self.fail(&format!("a script fails: {error}")).await,
        }
    }

    /// The same, with the field of that label as the script's first argument.
    pub async fn script_on<T: DeserializeOwned>(
        &self,
        label: &str,
        script: &str,
        mut arguments: Vec<Value>,
    ) -> T {
        let field = self
            .until(&format!("find `{label}`"), async || {
                match self.find(Role::Field, label).await?.into_iter().next() {
                    Some(field) => field.to_json().map(Some),
                    None => Ok(None),
                }
            })
            .await;
        arguments.insert(0, field);
        self.script(script, arguments).await
    }

    /// Waits until a service worker has taken in the app and answers for this page's address.
    pub async fn wait_for_service_worker(&self) {
        const ACTIVE: &str = "
            const done = arguments[0];
            navigator.serviceWorker.ready.then((registration) => done(registration.active?.state ?? ''));";
        self.until("see a service worker at work", async || {
            let state = self.driver().execute_async(ACTIVE, Vec::new()).await?;
            Ok((state.json() == "activated").then_some(()))
        })
        .await;
    }

    /// What keeps the browser from offering to install the app; empty if nothing does.
    pub async fn obstacles_to_installing(&self) -> Vec<String> {
        let cdp = self.driver().cdp();
        let manifest = cdp.send_raw("Page.getAppManifest", json!({})).await;
        let errors = cdp.send_raw("Page.getInstallabilityErrors", json!({})).await;
        let (manifest, errors) = match (manifest, errors) {
            (Ok(manifest), Ok(errors)) => (manifest, errors),
            (Err(error), _) | (_, Err(error)) => self.fail(&format!("no manifest: {error}")).await,
        };
        let said = |list: &Value, key: &str| -> Vec<String> {
            let list = list.as_array().into_iter().flatten();
            list.map(|error| error[key].as_str().unwrap_or_default().to_owned()).collect()
        };
        let mut obstacles = said(&manifest["errors"], "message");
        obstacles.extend(said(&errors["installabilityErrors"], "errorId"));
        obstacles
    }

    async fn tell(&self, method: &str, parameters: Value) {
        if let Err(error) = self.driver().cdp().send_raw(method, parameters).await {
            self.fail(&format!("{method}: {error}")).await;
        }
    }
}
