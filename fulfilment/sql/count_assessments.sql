-- Valid area assessments of parcels on record, written where they differ. Parameters: day, assessments, parcels (ids, or null: all).
WITH held AS (  -- what each region has from the nearest region that holds it
    SELECT DISTINCT ON (region.adcode, area.assessment)
           region.adcode, area.assessment,
           area.state = 'done' AND coalesce(area.done_on <= %(day)s, true) AND coalesce(area.expires >= %(day)s, true) AS valid
    FROM geo_region AS region
    JOIN geo_region AS holder ON position('/' || holder.adcode || '/' IN region.path) > 0
    JOIN fulfilment_areaassessment AS area ON area.region_id = holder.adcode
    ORDER BY region.adcode, area.assessment, length(holder.path) DESC
),
own AS (
    SELECT parcel_id, item,
           state = 'done' AND coalesce(done_on <= %(day)s, true) AND coalesce(expires >= %(day)s, true) AS valid
    FROM fulfilment_readinessitem
    WHERE item = ANY(%(assessments)s)
),
regions AS (SELECT adcode, count(*) FILTER (WHERE valid) AS valid FROM held GROUP BY adcode),
overruled AS (  -- what the parcel's own record adds to its region's count, or takes from it
    SELECT own.parcel_id, sum(own.valid::int - coalesce(held.valid::int, 0)) AS change
    FROM own
    JOIN landparcels_parcel AS parcel ON parcel.id = own.parcel_id
    LEFT JOIN held ON held.adcode = parcel.region_id AND held.assessment = own.item
    GROUP BY own.parcel_id
),
counted AS (
    SELECT parcel.id, coalesce(regions.valid, 0) + coalesce(overruled.change, 0) AS valid
    FROM landparcels_parcel AS parcel
    LEFT JOIN regions ON regions.adcode = parcel.region_id
    LEFT JOIN overruled ON overruled.parcel_id = parcel.id
    WHERE (%(parcels)s::bigint[] IS NULL OR parcel.id = ANY(%(parcels)s::bigint[]))
      AND (regions.adcode IS NOT NULL OR overruled.parcel_id IS NOT NULL
           OR EXISTS (SELECT FROM fulfilment_readinessitem AS line WHERE line.parcel_id = parcel.id))
)
UPDATE landparcels_parcel AS parcel
SET regional_assessments = counted.valid
FROM counted
WHERE counted.id = parcel.id AND parcel.regional_assessments IS DISTINCT FROM counted.valid
