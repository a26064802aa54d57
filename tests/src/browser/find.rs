//! Finding what a person means by its name, in the accessibility tree.

use serde_json::{Value, json};
use thirtyfour::WebElement;
use thirtyfour::error::{WebDriverResult, no_such_element};

use super::Page;

/// What stands behind the label of a field that may stay empty; a story need not know.
const OPTIONAL: &str = " (optional)";

/// What something is to a person, as assistive technology is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Anything to press: button, link, tab, chip, menu item, box to tick.
    Control,
    /// Anything to fill in.
    Field,
    Heading,
    Dialog,
    /// A named part of the page: section, navigation, list, table, group, article.
    Part,
    Row,
    Option,
}

impl Role {
    /// The roles that Chromium computes for it.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Control => &[
                "button",
                "link",
                "tab",
                "menuitem",
                "menuitemradio",
                "checkbox",
                "radio",
                "switch",
                "DisclosureTriangle",
            ],
            Self::Field => &[
                "textbox",
                "searchbox",
                "combobox",
                "spinbutton",
                "Date",
                "DateTime",
                "InputTime",
                "listbox",
            ],
            Self::Heading => &["heading"],
            Self::Dialog => &["dialog", "alertdialog"],
            Self::Part => &[
                "region",
                "navigation",
                "main",
                "complementary",
                "banner",
                "form",
                "search",
                "group",
                "radiogroup",
                "list",
                "listitem",
                "table",
                "article",
                "alert",
                "status",
                "tabpanel",
                "toolbar",
                "figure",
            ],
            Self::Row => &["row"],
            Self::Option => &["option"],
        }
    }
}

impl Page {
    /// Everything of that role and exactly that name, in the order of the page.
    pub(super) async fn find(&self, role: Role, name: &str) -> WebDriverResult<Vec<WebElement>> {
        self.find_below(&self.here().await?, role, name).await
    }

    /// Everything of that role whose name has `words` in it, in the order of the page.
    pub(super) async fn find_with(
        &self,
        role: Role,
        words: &str,
    ) -> WebDriverResult<Vec<WebElement>> {
        let nodes = self.nodes(json!({ "objectId": self.here().await? }), role).await?;
        let mut found = Vec::new();
        for node in nodes {
            let name = node["name"]["value"].as_str().unwrap_or_default();
            if name.contains(words) {
                found.push(self.element(&node["backendDOMNodeId"]).await?);
            }
        }
        Ok(found)
    }

    /// Where names are looked for: the part, or the document.
    async fn here(&self) -> WebDriverResult<Value> {
        match self.root().await? {
            None => self.document().await,
            Some(part) => Ok(json!(part.cdp_remote_object_id().await?)),
        }
    }

    /// The part that is looked at; None for the whole page.
    ///
    /// # Errors
    /// There is no such part now.
    pub(super) async fn root(&self) -> WebDriverResult<Option<WebElement>> {
        let Some((role, name)) = &self.part else { return Ok(None) };
        let parts = self.find_below(&self.document().await?, *role, name).await?;
        match parts.into_iter().next() {
            Some(part) => Ok(Some(part)),
            None => Err(no_such_element(format!("no {role:?} `{name}`"))),
        }
    }

    async fn document(&self) -> WebDriverResult<Value> {
        let document = json!({ "expression": "document" });
        let answer = self.driver().cdp().send_raw("Runtime.evaluate", document).await?;
        Ok(answer["result"]["objectId"].clone())
    }

    async fn find_below(
        &self,
        root: &Value,
        role: Role,
        name: &str,
    ) -> WebDriverResult<Vec<WebElement>> {
        let mut found = Vec::new();
        for called in [name, &format!("{name}{OPTIONAL}")] {
            let query = json!({ "objectId": root, "accessibleName": called });
            for node in self.nodes(query, role).await? {
                found.push(self.element(&node["backendDOMNodeId"]).await?);
            }
            if !found.is_empty() || role != Role::Field {
                break;
            }
        }
        Ok(found)
    }

    /// The nodes of the accessibility tree that answer a query and have that role.
    async fn nodes(&self, query: Value, role: Role) -> WebDriverResult<Vec<Value>> {
        let mut answer = self.driver().cdp().send_raw("Accessibility.queryAXTree", query).await?;
        let Value::Array(mut nodes) = answer["nodes"].take() else { return Ok(Vec::new()) };
        nodes.retain(|node| {
            let is = node["role"]["value"].as_str().unwrap_or_default();
            role.names().contains(&is) && node["ignored"] != true
        });
        Ok(nodes)
    }

    /// The element behind a node of the tree: the two halves of the driver know it by different
    /// numbers, and the page itself carries it from one to the other.
    async fn element(&self, backend_node: &Value) -> WebDriverResult<WebElement> {
        const HAND_OVER: &str =
            "function () { window.handedOver = this.nodeType === 1 ? this : this.parentElement }";
        const TAKE: &str = "const it = window.handedOver; delete window.handedOver; return it";
        let cdp = self.driver().cdp();
        let node = json!({ "backendNodeId": backend_node });
        let object = cdp.send_raw("DOM.resolveNode", node).await?;
        let object = &object["object"]["objectId"];
        let call = json!({ "objectId": object, "functionDeclaration": HAND_OVER });
        cdp.send_raw("Runtime.callFunctionOn", call).await?;
        self.driver().execute(TAKE, Vec::new()).await?.element()
    }
}
