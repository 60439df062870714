-- Cells that repeat are added up when a row outgrows the next step, no longer at every change of a row beyond the first
-- one: the day of a busy node has more kinds of requests than that, and is changed twice a second.
CREATE FUNCTION cells_step(cells integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN width_bucket(cells, ARRAY[385, 577, 865, 1297, 1945, 2917, 4375, 6561, 9841]);

CREATE OR REPLACE FUNCTION cells_merge(a bigint[], b bigint[]) RETURNS bigint[] LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN cells_step(cardinality(a)) < cells_step(cardinality(a) + cardinality(b)) THEN cells_compact(a || b)
    ELSE a || b END;
