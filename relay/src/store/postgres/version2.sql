-- When somebody last added to an object, by the relay's clock: what broke off makes room after a while.
ALTER TABLE objects ADD COLUMN touched bigint NOT NULL DEFAULT 0;
