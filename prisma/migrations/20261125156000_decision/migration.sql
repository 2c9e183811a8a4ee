-- A proposal is decided on, which its triggers allow once; answers under idempotency keys are pruned.
comment on table "proposal" is 'operational';
comment on table "idempotency" is 'operational';
