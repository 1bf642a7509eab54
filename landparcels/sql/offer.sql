-- What is on offer, texts first and then numbers, in no order. Filled in: the figures, the statuses, which ids.
COPY (
    SELECT parcel.code, parcel.name, coalesce(parcel.region_id, ''), parcel.status,
           array_to_string(parcel.admits, ';') || '|' || array_to_string(parcel.excludes, ';'),
           parcel.id, coalesce(parcel.cell, 0), {figures}
    FROM landparcels_parcel AS parcel
    WHERE parcel.status = ANY({statuses}) AND {chosen}
) TO STDOUT (FORMAT binary)
