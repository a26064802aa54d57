//! What a person sees.

use std::cell::RefCell;

use thirtyfour::error::WebDriverResult;

use super::{Page, Role};
use crate::deadline::{Deadline, LOOK};

/// In one script, so that nothing happens in between.
const VALUE_AND_MARK: &str = "
    const [field, mark, part] = arguments;
    return [field.value, (part ?? field.parentElement).innerText.includes(mark)];";

impl Page {
    /// Waits until the page shows `text`.
    pub async fn see(&self, text: &str) {
        self.until(&format!("see `{text}`"), async || {
            Ok(self.text().await?.contains(&squeezed(text)).then_some(()))
        })
        .await;
    }

    /// Waits until the page no longer shows `text`.
    pub async fn see_no(&self, text: &str) {
        self.until(&format!("see no `{text}`"), async || {
            Ok((!self.text().await?.contains(&squeezed(text))).then_some(()))
        })
        .await;
    }

    /// Waits until something of that role and name is there.
    pub async fn see_a(&self, role: Role, name: &str) {
        self.until(&format!("see {role:?} `{name}`"), async || {
            Ok((!self.find(role, name).await?.is_empty()).then_some(()))
        })
        .await;
    }

    /// Waits until the field of that label holds `value`.
    pub async fn see_in(&self, label: &str, value: &str) {
        self.until(&format!("see `{value}` in `{label}`"), async || {
            let Some(field) = self.find(Role::Field, label).await?.into_iter().next() else {
                return Ok(None);
            };
            Ok((field.prop("value").await?.as_deref() == Some(value)).then_some(()))
        })
        .await;
    }

    /// Waits until the line under the field of that label says `mark`.
    pub async fn see_marked(&self, label: &str, mark: &str) {
        self.until(&format!("see `{mark}` under `{label}`"), async || {
            let Some(field) = self.find(Role::Field, label).await?.into_iter().next() else {
                return Ok(None);
            };
            let arguments = vec![field.to_json()?, mark.into()];
            let (_, marked): (String, bool) =
                self.driver().execute(VALUE_AND_MARK, arguments).await?.convert()?;
            Ok(marked.then_some(()))
        })
        .await;
    }

    /// Waits until the page shows one of these texts.
    pub async fn see_one_of(&self, texts: &[&str]) {
        self.until(&format!("see one of {texts:?}"), async || {
            let page = self.text().await?;
            Ok(texts.iter().any(|text| page.contains(&squeezed(text))).then_some(()))
        })
        .await;
    }

    /// Waits until what the field of that label holds begins with `beginning`.
    pub async fn see_beginning(&self, label: &str, beginning: &str) {
        let holds = RefCell::new(String::new());
        let what = format!("see `{label}` begin with `{beginning}`");
        let seen = self.try_until(async || {
            let Some(field) = self.find(Role::Field, label).await?.into_iter().next() else {
                return Ok(None);
            };
            let value = field.prop("value").await?.unwrap_or_default();
            let fits = value.starts_with(beginning);
            holds.replace(value);
            Ok(fits.then_some(()))
        });
        if let Err(trouble) = seen.await {
            let holds = holds.into_inner();
            self.fail(&format!("cannot {what}: it holds `{holds}`{trouble}")).await;
        }
    }

    /// What the field of that label holds, once it is there.
    pub async fn value(&self, label: &str) -> String {
        self.until(&format!("read `{label}`"), async || {
            match self.find(Role::Field, label).await?.into_iter().next() {
                Some(field) => Ok(Some(field.prop("value").await?.unwrap_or_default())),
                None => Ok(None),
            }
        })
        .await
    }

    /// What the field of that label holds and whether the line under it says `mark`, both in the
    /// same instant.
    pub async fn value_and_mark(&self, label: &str, mark: &str) -> (String, bool) {
        self.until(&format!("read `{label}`"), async || {
            let Some(field) = self.find(Role::Field, label).await?.into_iter().next() else {
                return Ok(None);
            };
            let mut arguments = vec![field.to_json()?, mark.into()];
            if let Some(part) = self.root().await? {
                arguments.push(part.to_json()?);
            }
            self.driver().execute(VALUE_AND_MARK, arguments).await?.convert().map(Some)
        })
        .await
    }

    /// All that the page, or the part of it, shows now, spaces squeezed.
    pub async fn shown(&self) -> String {
        self.text().await.unwrap_or_default()
    }

    /// Looks until `look` finds something.
    ///
    /// # Panics
    /// With a picture of the page, if there is nothing in time.
    pub(super) async fn until<T>(
        &self,
        what: &str,
        look: impl AsyncFn() -> WebDriverResult<Option<T>>,
    ) -> T {
        match self.try_until(look).await {
            Ok(seen) => seen,
            Err(trouble) => self.fail(&format!("cannot {what}{trouble}")).await,
        }
    }

    /// The same; if there is nothing in time, what stood in the way last.
    async fn try_until<T>(
        &self,
        look: impl AsyncFn() -> WebDriverResult<Option<T>>,
    ) -> Result<T, String> {
        let deadline = Deadline::after(self.patience);
        loop {
            let trouble = match look().await {
                Ok(Some(seen)) => return Ok(seen),
                Ok(None) => String::new(),
                // A page that is being replaced gives all kinds of errors; the last one is worth telling.
                Err(error) => format!(" ({error})"),
            };
            if deadline.passed() {
                return Err(trouble);
            }
            tokio::time::sleep(LOOK).await;
        }
    }

    /// The visible text of the page, or of the part that is looked at, spaces squeezed.
    pub(super) async fn text(&self) -> WebDriverResult<String> {
        const TEXT: &str = "return (arguments[0] ?? document.body)?.innerText ?? ''";
        let arguments = match self.root().await? {
            Some(part) => vec![part.to_json()?],
            None => Vec::new(),
        };
        let text: String = self.driver().execute(TEXT, arguments).await?.convert()?;
        Ok(squeezed(&text))
    }
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
