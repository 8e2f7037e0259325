-- Every territory with itself and all that it lies in.
with recursive territories as (
    select
        territory_id,
        parent_id
    from {{ ref('territory') }}
),

climb as (
    select
        territory_id,
        territory_id as ancestor_id,
        parent_id as next_id
    from territories
    union all
    select
        climb.territory_id,
        territories.territory_id as ancestor_id,
        territories.parent_id as next_id
    from climb
    inner join territories on climb.next_id = territories.territory_id
),

final as (
    select
        territory_id,
        ancestor_id
    from climb
)

select * from final
