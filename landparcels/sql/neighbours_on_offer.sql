-- Pairs of touching parcels that are both on offer in one region, as CSV. Filled in: the status, which pairs.
COPY (
    SELECT pair.first, pair.second
    FROM landparcels_parcelneighbour AS pair
    JOIN landparcels_parcel AS one ON one.id = pair.first AND one.status = {status}
    JOIN landparcels_parcel AS other ON other.id = pair.second AND other.status = {status}
    WHERE one.region_id IS NOT DISTINCT FROM other.region_id AND {chosen}
) TO STDOUT (FORMAT csv, HEADER)
