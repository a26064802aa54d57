//! What the declarations promise, what people may type, and what they are told.

mod client;
mod complaint;
mod declarations;
mod hidden;
mod lifecycles;
mod text;
mod validation;
