-- Projects with all the programmes that they belong to, however far up. A circle in the links is cut.
with recursive names as (
    select
        name,
        kind,
        canonical_id as project_id
    from {{ ref('stg_ops__canonical_name') }}
    where entity_kind = 'project'
),

links as (
    select distinct
        children.project_id,
        parents.project_id as parent_id
    from {{ ref('project_parent') }} as links
    inner join names as children on links.child_name = children.name and links.child_kind = children.kind
    inner join names as parents on links.parent_name = parents.name and links.parent_kind = parents.kind
    where children.project_id <> parents.project_id
),

climb as (
    select
        project_id,
        parent_id as ancestor_id,
        1 as distance
    from links
    union
    select
        climb.project_id,
        links.parent_id as ancestor_id,
        climb.distance + 1 as distance
    from climb
    inner join links on climb.ancestor_id = links.project_id
    where climb.distance < 10
),

final as (
    select
        project_id,
        ancestor_id,
        min(distance) as distance
    from climb
    where project_id <> ancestor_id
    group by project_id, ancestor_id
)

select * from final
