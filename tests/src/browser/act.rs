//! What a person does: press, type, choose, hand over a file.

use std::path::Path;

use serde_json::json;
use thirtyfour::error::{WebDriverResult, no_such_element};
use thirtyfour::{By, Key, TypingData, WebElement};

use super::{Page, Role};

impl Page {
    /// Presses the button, link, tab, chip or box of that name.
    pub async fn click(&self, name: &str) {
        self.act(Role::Control, name, "click", async |element| self.hit(&element).await).await;
    }

    /// Presses the first control whose name has `words` in it, for names that go on with a number or a date.
    pub async fn click_with(&self, words: &str) {
        self.until(&format!("click `…{words}…`"), async || {
            match self.find_with(Role::Control, words).await?.into_iter().next() {
                Some(element) => self.hit(&element).await.map(Some),
                None => Ok(None),
            }
        })
        .await;
    }

    /// Presses, of several controls of that name, the one that is nearest to `text` on the page.
    pub async fn click_near(&self, text: &str, name: &str) {
        const STEPS: &str = "
            let [element, text] = arguments;
            let steps = 0;
            while (element && !element.innerText.includes(text)) {
                element = element.parentElement;
                steps += 1;
            }
            return element ? steps : -1;";
        self.until(&format!("click `{name}` near `{text}`"), async || {
            let mut nearest = None;
            for element in self.find(Role::Control, name).await? {
                let arguments = vec![element.to_json()?, text.into()];
                let steps: i64 = self.driver().execute(STEPS, arguments).await?.convert()?;
                if steps >= 0 && nearest.as_ref().is_none_or(|(least, _)| steps < *least) {
                    nearest = Some((steps, element));
                }
            }
            match nearest {
                Some((_, element)) => self.hit(&element).await.map(Some),
                None => Ok(None),
            }
        })
        .await;
    }

    /// Presses the entry of that name in a list of suggestions.
    pub async fn pick(&self, name: &str) {
        self.act(Role::Option, name, "pick", async |element| element.click().await).await;
    }

    /// Presses the row of a table or list by its name.
    pub async fn click_row(&self, name: &str) {
        self.act(Role::Row, name, "click", async |element| element.click().await).await;
    }

    /// Replaces what is in the field of that label, key by key, and leaves the field.
    pub async fn fill(&self, label: &str, text: &str) {
        self.act(Role::Field, label, "fill", async |field| {
            if is_picker(&field).await? {
                return self.set_value(&field, text).await;
            }
            field.send_keys(Key::Control + "a").await?;
            field
                .send_keys(if text.is_empty() { Key::Backspace + "" } else { text.into() })
                .await?;
            field.send_keys(Key::Tab + "").await
        })
        .await;
    }

    /// Types into the field of that label, after what is there, and stays in it.
    pub async fn type_into(&self, label: &str, text: &str) {
        self.act(Role::Field, label, "type into", async |field| {
            field.send_keys(Key::Control + Key::End).await?;
            field.send_keys(text).await
        })
        .await;
    }

    /// Chooses an entry of the list of that label by what it says.
    pub async fn choose(&self, label: &str, entry: &str) {
        self.act(Role::Field, label, "choose from", async |list| {
            let options = list.find_all(By::Tag("option")).await?;
            for option in options {
                if option.text().await?.trim() == entry {
                    return option.click().await;
                }
            }
            Err(no_such_element(format!("no entry `{entry}`")))
        })
        .await;
    }

    /// Presses a key where the cursor is.
    pub async fn press(&self, key: Key) {
        self.keys(key + "").await;
    }

    /// Presses a key together with Ctrl.
    pub async fn press_ctrl(&self, key: char) {
        self.keys(Key::Control + key.to_string().as_str()).await;
    }

    /// Drops a file where the control of that name stands.
    pub async fn drop_file(&self, name: &str, file: &Path) {
        let file = file.to_str().expect("a path in Unicode");
        self.act(Role::Control, name, "drop a file on", async |element| {
            element.scroll_into_view().await?;
            let place = element.rect().await?;
            // The rectangle is that of the whole page, the mouse's place that of the window.
            let scrolled = self.driver().execute("return [scrollX, scrollY]", Vec::new()).await?;
            let (left, top): (f64, f64) = scrolled.convert()?;
            for step in ["dragEnter", "dragOver", "drop"] {
                let event = json!({
                    "type": step,
                    "x": place.x + place.width / 2.0 - left,
                    "y": place.y + place.height / 2.0 - top,
                    "data": { "items": [], "files": [file], "dragOperationsMask": 1 },
                });
                self.driver().cdp().send_raw("Input.dispatchDragEvent", event).await?;
            }
            Ok(())
        })
        .await;
    }

    /// A box to tick is often drawn by its label; that is what a finger meets.
    async fn hit(&self, element: &WebElement) -> WebDriverResult<()> {
        const MET: &str = "
            const [element] = arguments;
            const box = element.matches('input[type=radio], input[type=checkbox]');
            return (box && element.labels?.[0]) || element;";
        let met = self.driver().execute(MET, vec![element.to_json()?]).await?.element()?;
        met.click().await
    }

    async fn keys(&self, keys: TypingData) {
        let sent = async { self.driver().active_element().await?.send_keys(keys).await };
        if let Err(error) = sent.await {
            self.fail(&format!("cannot press a key: {error}")).await;
        }
    }

    /// Date and time fields show their parts in the order of the person's language; the browser
    /// takes them whole.
    async fn set_value(&self, field: &WebElement, value: &str) -> WebDriverResult<()> {
        const SET: &str = "
            const [field, value] = arguments;
            field.focus();
            Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(field, value);
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));
            field.blur();";
        let arguments = vec![field.to_json()?, value.into()];
        self.driver().execute(SET, arguments).await.map(drop)
    }

    /// Does something to the first of that name, again until it works: the page may be on its way
    /// there.
    async fn act(
        &self,
        role: Role,
        name: &str,
        verb: &str,
        act: impl AsyncFn(WebElement) -> WebDriverResult<()>,
    ) {
        self.until(&format!("{verb} `{name}`"), async || {
            match self.find(role, name).await?.into_iter().next() {
                Some(element) => act(element).await.map(Some),
                None => Ok(None),
            }
        })
        .await;
    }
}

async fn is_picker(field: &WebElement) -> WebDriverResult<bool> {
    let kind = field.prop("type").await?;
    Ok(kind
        .is_some_and(|kind| matches!(kind.as_str(), "date" | "datetime-local" | "time" | "month")))
}
