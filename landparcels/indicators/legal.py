"""Which paper asks for a figure or sets it; only those that are certain. Cities name their own in the dictionary."""

from geo.words import Words

NOTHING = Words("", "")

_LAND_CONTROL = Words(
    "《工业项目建设用地控制指标》（自然资发〔2023〕72号）",
    "Control indicators for land of industrial projects (Ministry of Natural Resources, 2023, No. 72)",
)

LEGAL_BASES = {
    "far_min": _LAND_CONTROL,
    "building_coefficient_min": _LAND_CONTROL,
    "green_ratio_max": _LAND_CONTROL,
    "office_land_ratio_max": _LAND_CONTROL,
    "investment_intensity_min": _LAND_CONTROL,
    "output_per_mu_min": _LAND_CONTROL,
    "tax_per_mu_min": _LAND_CONTROL,
    "start_price": Words(
        "《全国工业用地出让最低价标准》（国土资发〔2006〕307号）",
        "National minimum prices for granting industrial land (Ministry of Land and Resources, 2006, No. 307)",
    ),
    "tenure_years": Words(
        "《城镇国有土地使用权出让和转让暂行条例》第十二条",
        "Interim regulations on granting and transferring urban state-owned land use rights, article 12",
    ),
    "electricity_price": Words(
        "《关于组织开展电网企业代理购电工作有关事项的通知》（发改办价格〔2021〕809号）",
        "Notice on agency power purchase by grid companies (NDRC, 2021, No. 809)",
    ),
    "electricity_valley_price": Words(
        "《关于进一步完善分时电价机制的通知》（发改价格〔2021〕1093号）",
        "Notice on time-of-use electricity prices (NDRC, 2021, No. 1093)",
    ),
    "water_price": Words(
        "《城镇供水价格管理办法》（国家发展改革委、住房城乡建设部令第46号）",
        "Measures for the administration of urban water prices (NDRC and MOHURD order No. 46)",
    ),
    "sewage_price": Words(
        "《关于制定和调整污水处理收费标准等有关问题的通知》（发改价格〔2015〕119号）",
        "Notice on setting and adjusting sewage treatment charges (NDRC, 2015, No. 119)",
    ),
    "corporate_tax_rate": Words("《企业所得税法》第四条", "Enterprise Income Tax Law, article 4"),
    "land_use_tax": Words("《城镇土地使用税暂行条例》第四条", "Interim regulations on urban land use tax, article 4"),
    "employer_insurance_rate": Words(
        "《降低社会保险费率综合方案》（国办发〔2019〕13号）",
        "Comprehensive plan for lowering social-insurance rates (State Council General Office, 2019, No. 13)",
    ),
    "regional_assessments": Words(
        "《关于全面开展工程建设项目审批制度改革的实施意见》（国办发〔2019〕11号）",
        "Opinions on reforming the approval of construction projects (State Council General Office, 2019, No. 11)",
    ),
}
