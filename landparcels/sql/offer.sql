-- What is on offer as CSV, in the order of codes by code point. Filled in: the indicator columns, the statuses, which ids.
COPY (
    SELECT parcel.id, parcel.code, parcel.name, coalesce(parcel.region_id, '') AS region, parcel.status,
           array_to_string(parcel.admits, ';') AS admits, array_to_string(parcel.excludes, ';') AS excludes,
           coalesce(parcel.cell, 0) AS cell, parcel.area_mu, ST_X(parcel.label_point) AS lng, ST_Y(parcel.label_point) AS lat,
           parcel.divisible::integer AS divisible, parcel.power_high_voltage, parcel.power_unknown_voltage,
           {indicators}
    FROM landparcels_parcel AS parcel
    WHERE parcel.status = ANY({statuses}) AND {chosen}
    ORDER BY parcel.code COLLATE "C"
) TO STDOUT (FORMAT csv, HEADER)
